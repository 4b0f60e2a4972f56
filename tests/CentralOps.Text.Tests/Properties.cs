using FsCheck;

namespace CentralOps.Text.Tests;

internal static class Properties
{
    /// <summary>Tries a property on a few hundred cases, and fails with the smallest one that breaks it.</summary>
    public static void Hold(this Property property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
}
