namespace CentralOps.Aws.Models;

/// <summary>An XML namespace that an element declares: the default one, or one with a prefix for attributes inside.</summary>
public sealed record XmlNamespace(string Uri, string? Prefix = null);
