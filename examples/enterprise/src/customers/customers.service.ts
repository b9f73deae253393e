import { Injectable, NotFoundException, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Customer } from './customer.entity.js';

const SAMPLES: readonly Omit<Customer, 'id'>[] = [
  { name: 'Arctic Tea', creditLimit: 100_000, taxNumber: 'CH-111' },
  { name: 'Blue Bikes', creditLimit: 5_000, taxNumber: 'CH-222' },
];

@Injectable()
export class CustomersService implements OnModuleInit {
  constructor(@InjectRepository(Customer) private readonly customers: Repository<Customer>) {}

  /** The database of this example is in memory. */
  async onModuleInit(): Promise<void> {
    await this.customers.save(SAMPLES.map((sample) => this.customers.create(sample)));
  }

  findAll(): Promise<Customer[]> {
    return this.customers.find({ order: { name: 'ASC' } });
  }

  async findOne(id: string): Promise<Customer> {
    const customer = await this.customers.findOneBy({ id });
    if (customer === null) throw new NotFoundException(`There is no customer ${id}`);
    return customer;
  }
}
