using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>
/// Finds what a page says of the next one while it is transcribed: its tokens, and whether there is a next one, each by the members
/// that lead to it from the output's root.
/// </summary>
internal sealed class PageTokens
{
    private readonly TokenNode _root = new(member: null);
    private readonly TokenNode?[] _tokens;
    private TokenNode? _moreResults;

    private PageTokens(int count) => _tokens = new TokenNode?[count];

    public TokenNode Root => _root;

    /// <summary>Null when the operation does not page by members of its answer.</summary>
    public static PageTokens? For(OperationModel operation)
    {
        if (operation.Pagination is not { } paging || operation.Output is not { } output)
        {
            return null;
        }

        var tokens = new PageTokens(paging.OutputTokens.Count);
        var any = false;
        for (var i = 0; i < tokens._tokens.Length; i++)
        {
            tokens._tokens[i] = tokens.Add(output, TokenExpression.MemberPath(paging.OutputTokens[i]));
            any |= tokens._tokens[i] is not null;
        }

        tokens._moreResults = paging.MoreResults is { } more ? tokens.Add(output, more) : null;
        return any || tokens._moreResults is not null ? tokens : null;
    }

    /// <summary>Hands over what was found, one text for each of the operation's output tokens.</summary>
    public void GiveTo(Transcription into)
    {
        into.MoreResults = _moreResults?.Text is { } text ? text is "true" : null;
        into.Tokens = Array.ConvertAll(_tokens, static token => token?.Text);
    }

    private TokenNode? Add(Shape shape, string? path)
    {
        if (path is null)
        {
            return null;
        }

        var node = _root;
        foreach (var name in path.Split('.'))
        {
            if (shape.FindMember(name) is not { } member)
            {
                return null;
            }

            node = node.AddChild(member);
            shape = member.Shape;
        }

        return shape.IsScalar ? node : null;
    }
}

/// <summary>A member on the way to a token, or the token's own. Belongs to one page.</summary>
internal sealed class TokenNode(Member? member)
{
    private readonly List<TokenNode> _children = [];

    public bool IsToken => _children.Count == 0;

    /// <summary>The token; null when the page had none, or an empty one, which means the same to AWS.</summary>
    public string? Text { get; private set; }

    public TokenNode? Child(Member wanted)
    {
        foreach (var child in _children)
        {
            if (ReferenceEquals(child.Is, wanted))
            {
                return child;
            }
        }

        return null;
    }

    public TokenNode AddChild(Member wanted)
    {
        var child = Child(wanted);
        if (child is null)
        {
            _children.Add(child = new TokenNode(wanted));
        }

        return child;
    }

    public void Take(string text) => Text = text.Length == 0 ? null : text;

    private Member? Is => member;
}
