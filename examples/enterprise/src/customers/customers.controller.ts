import { Controller, Get, Param, ParseUUIDPipe, SerializeOptions } from '@nestjs/common';
import { Roles } from '../auth/auth.decorators.js';
import { Customer } from './customer.entity.js';
import { CustomersService } from './customers.service.js';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get()
  findAll(): Promise<Customer[]> {
    return this.customers.findAll();
  }

  @Get(':id/credit')
  @Roles('manager')
  @SerializeOptions({ groups: ['manager'] })
  findCredit(@Param('id', ParseUUIDPipe) id: string): Promise<Customer> {
    return this.customers.findOne(id);
  }
}
