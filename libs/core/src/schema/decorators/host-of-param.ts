/**
 * The class whose metadata describes the parameters of a method. A decorator of a static method receives the class
 * itself, whose `constructor` is shared by every class.
 */
export function hostOfParam(target: object): object {
  return typeof target === 'function' ? target : target.constructor;
}
