import { ParseUUIDPipe, SerializeOptions } from '@nestjs/common';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { Roles } from '../auth/auth.decorators.js';
import { Customer } from './customer.entity.js';
import { CustomersService } from './customers.service.js';

@McpToolType()
export class CustomerTools {
  constructor(private readonly customers: CustomersService) {}

  @McpTool({ description: 'List the customers', readOnly: true })
  listCustomers(): Promise<Customer[]> {
    return this.customers.findAll();
  }

  @McpTool({ description: 'Show a customer with the credit limit', readOnly: true })
  @Roles('manager')
  @SerializeOptions({ groups: ['manager'] })
  customerCredit(@Param('id', ParseUUIDPipe) id: string): Promise<Customer> {
    return this.customers.findOne(id);
  }
}
