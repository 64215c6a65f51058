/** A panel from the side is a dialog in another place: navigation on a phone, filters, a peek at a row. */
export { Dialog as Sheet, DialogTitle as SheetTitle, DialogTrigger as SheetTrigger, SheetContent } from './dialog';
