import { makeLoad, type Load } from './load.ts';

process.on('message', (load) => {
  void makeLoad(load as Load).then(
    (figures) => process.send?.(figures),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
