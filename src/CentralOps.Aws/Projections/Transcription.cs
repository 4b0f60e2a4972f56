using System.Buffers;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Projections;

/// <summary>
/// Where an answer is transcoded to, and what is learnt on the way. Without a projection the output is the whole answer as one
/// JSON object. With one, the output receives the items as JSON objects separated by commas (no brackets), so that pages append,
/// and never a part of an item. For one reader at a time.
/// </summary>
public sealed class Transcription(IBufferWriter<byte> output, Projection? projection = null)
{
    public IBufferWriter<byte> Output { get; } = output;

    public Projection? Projection { get; } = projection;

    /// <summary>Items of the first page to pass over (where a continued answer starts inside a page).</summary>
    public int Skip { get; init; }

    /// <summary>Items to write at most, over all pages of this transcription.</summary>
    public int Take { get; init; } = int.MaxValue;

    /// <summary>Items written, over all pages.</summary>
    public int Written { get; internal set; }

    /// <summary>Items that the last page held, written or not; counted where there is a projection.</summary>
    public int SeenOnPage { get; internal set; }

    /// <summary>
    /// The last page's pagination token, from where the operation's model says; null when it was the last page, or when the operation
    /// pages by several (see <see cref="NextTokens"/>).
    /// </summary>
    public string? NextToken => Tokens is [var token] ? token : null;

    /// <summary>What the next page's input has to carry, by the names of its members; empty when the last page was the last one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> NextTokens { get; private set; } = [];

    /// <summary>The raw bytes of a blob payload member (Lambda's <c>Payload</c>); they are not in the JSON.</summary>
    public ReadOnlyMemory<byte> Blob { get; internal set; }

    /// <summary>Pages read.</summary>
    public int Pages { get; private set; }

    /// <summary>One for each output token of the operation's model; null where the page had none.</summary>
    internal string?[] Tokens { get; set; } = [];

    /// <summary>What the page said itself of a next one; null when it said nothing.</summary>
    internal bool? MoreResults { get; set; }

    /// <summary>Forgets what was learnt of the page before.</summary>
    internal void BeginPage()
    {
        Pages++;
        SeenOnPage = 0;
        (Tokens, MoreResults, NextTokens) = ([], null, []);
        Blob = default;
    }

    /// <summary>Takes the tokens for what they are in the next input, unless the page said that it was the last.</summary>
    internal void NameTokens(OperationModel operation)
    {
        Tokens = MoreResults is false ? [] : Tokens;
        var names = operation.Pagination?.InputTokens ?? [];
        var named = new List<KeyValuePair<string, string>>(Tokens.Length);
        for (var i = 0; i < Math.Min(names.Count, Tokens.Length); i++)
        {
            if (Tokens[i] is { } token)
            {
                named.Add(new(names[i], token));
            }
        }

        NextTokens = named;
    }

    /// <summary>Goes on where this one stands, but writes elsewhere: an answer may turn out broken after half of it was written.</summary>
    internal Transcription Aside(IBufferWriter<byte> elsewhere) =>
        new(elsewhere, Projection) { Skip = Skip, Take = Take, Written = Written, Pages = Pages };

    /// <summary>Takes over a page that was read aside to its end.</summary>
    /// <param name="blob">Its blob, in memory that stays.</param>
    internal void Accept(Transcription aside, ReadOnlySpan<byte> written, ReadOnlyMemory<byte> blob)
    {
        Output.Write(written);
        Written = aside.Written;
        SeenOnPage = aside.SeenOnPage;
        (Tokens, MoreResults, NextTokens) = (aside.Tokens, aside.MoreResults, aside.NextTokens);
        Pages = aside.Pages;
        Blob = blob;
    }

    /// <summary>Counts an item; true when it is to be written.</summary>
    internal bool Admit() => SeenOnPage++ >= (Pages == 1 ? Skip : 0) && Written < Take;
}
