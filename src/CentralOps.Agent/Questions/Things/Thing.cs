namespace CentralOps.Agent.Questions.Things;

/// <summary>A resource as a question names it.</summary>
/// <param name="At">Where the word stands.</param>
internal sealed record Thing(ThingKind Kind, string Text, int At);

/// <summary>By what a thing is named.</summary>
internal enum ThingKind
{
    /// <summary>AWS made it: i-0123456789abcdef0.</summary>
    Id,

    Arn,
    Address,
    Host,

    /// <summary>A person gave it.</summary>
    Name,

    /// <summary>An instance type (t3.micro), a family of them (m6i) or a class of databases (db.m6i.large).</summary>
    Type,

    /// <summary>Of a function: python3.13.</summary>
    Runtime,
}
