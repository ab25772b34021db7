import { ends, type Program } from './process.ts';
import { forgetRecord, type Tools } from './tools.ts';

/** functions/steps/processOrder. Without own work there is nothing to write yet: storeTaskToken does it. */
export const beginProcessing = ({ storage, hasOwnWork }: Tools): Program => ({
  name: 'steps/processOrder',
  begin: () => (hasOwnWork ? 'PUT orders/' : 'returns'),
  calls: {
    'PUT orders/': (me) => {
      // A 412 says that an earlier run has written it.
      storage.writeRecord(me, ['RECEIVED', 'PROCESSING']);
      forgetRecord(me);
      return 'own work';
    },
    'own work': () => ends('done'),
    returns: () => ends('done'),
  },
});
