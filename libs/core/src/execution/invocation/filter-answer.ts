/** What a filter (or guard, or interceptor) of the application wrote in place of a tool's result. */
export class FilterAnswer {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}
