namespace CentralOps.Sandbox.Policies;

/// <summary>Where a document hangs; decides which elements it must and must not have.</summary>
internal enum PolicyKind
{
    Identity,
    Session,
    Trust,
}
