throw new RangeError('there is no seat 14');
