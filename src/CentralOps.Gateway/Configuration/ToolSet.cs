namespace CentralOps.Gateway;

/// <summary>
/// A named set of tools for a group of callers: the guide's cure for tool overload. A caller sees the union of the sets that name him; where a
/// gateway has sets, a caller that none names sees nothing.
/// </summary>
/// <param name="Name">Letters, digits, hyphens and underscores.</param>
/// <param name="Callers">Principals (ARN or subject), groups as <c>group:NAME</c>, or <c>*</c>.</param>
/// <param name="Tools">Names as clients see them (<c>target___tool</c>), or <c>target___*</c>, or <c>*</c>.</param>
public sealed record ToolSet(string Name, IReadOnlyList<string> Callers, IReadOnlyList<string> Tools);
