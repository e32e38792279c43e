export { Conversation } from './conversation.js';
export { ParleyError, type Violation } from './errors.js';
export { DOORS, Parley, type Door } from './parley.js';
