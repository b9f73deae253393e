/** The response that a filter, a guard or an interceptor of the application wrote instead of a tool's result. */
export class FilterAnswer {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}
