export const PLACES = [
  { id: 'editor', title: 'Editor', icon: 'editor' },
  { id: 'notebooks', title: 'Notebooks', icon: 'notebook' },
  { id: 'queries', title: 'Queries', icon: 'activity' },
  { id: 'loads', title: 'Loads', icon: 'loads' },
  { id: 'tables', title: 'Tables', icon: 'tables' },
  { id: 'storage', title: 'Storage', icon: 'storage' },
  { id: 'schedules', title: 'Schedules', icon: 'clock' },
] as const;

export type Place = (typeof PLACES)[number]['id'];

function read(): Place {
  const wanted = location.hash.replace(/^#\/?/, '');
  return PLACES.find((place) => place.id === wanted)?.id ?? 'editor';
}

/** Which page is shown: the address after its `#`. */
class Route {
  place = $state<Place>(read());

  constructor() {
    addEventListener('hashchange', () => (this.place = read()));
  }

  go(place: Place): void {
    location.hash = `/${place}`;
  }
}

export const route = new Route();
