namespace CentralOps.Tools.Fleet;

/// <summary>How far a call over many accounts has come. A place is an account in one region.</summary>
/// <param name="PlacesTotal">As far as it is known: an account counts as one until its regions are.</param>
public sealed record FleetProgress(int PlacesDone, int PlacesTotal, int AccountsFailed);
