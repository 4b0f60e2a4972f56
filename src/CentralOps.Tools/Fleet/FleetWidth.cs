namespace CentralOps.Tools.Fleet;

/// <summary>How much is done at once.</summary>
internal static class FleetWidth
{
    /// <summary>Pieces at once: half as many again as calls may be under way, so that one that waits to try again leaves its place to another.</summary>
    public static int Of(ToolServices services) => services.WayIn.Concurrency + (services.WayIn.Concurrency / 2) + 1;

    /// <summary>Places of an account that is not opened, as far as they are known.</summary>
    public static int PlacesOf(FleetQuestion question) => question.Regions is { IsEvery: false } regions ? regions.Names.Count : 1;
}
