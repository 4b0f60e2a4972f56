namespace CentralOps.Sandbox.Estates.Files;

/// <summary>Bucket names are taken in the whole partition: remembers who has which.</summary>
internal sealed class BucketNames
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    public void Take(Section section, string name, string accountId)
    {
        if (!_owners.TryAdd(name, accountId))
        {
            section.Problems.Add(section.LineOf("name"), $"The bucket name '{name}' is taken by the account {_owners[name]}", "Bucket names are taken in all of AWS; choose another.");
        }
    }
}
