import { Exclude, Expose } from 'class-transformer';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Customer {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column()
  name: string;

  /** What the customer may order in total, in cents. Only managers see it. */
  @Expose({ groups: ['manager'] })
  @Column()
  creditLimit: number;

  @Exclude()
  @Column()
  taxNumber: string;
}
