using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>Puts a member with its traits into the words of AWS's API descriptions.</summary>
internal sealed class MemberTranslator(SmithyProtocols protocols)
{
    /// <param name="target">Traits of the shape that it points to.</param>
    /// <param name="shape">That shape's name.</param>
    public JsonObject Translate(string name, Traits traits, Traits target, string shape)
    {
        var member = new JsonObject { ["shape"] = shape };
        if (!(protocols.IsRest && Bind(member, name, traits, target)))
        {
            Name(member, traits);
        }

        Flag(member, traits, "idempotencyToken", "idempotencyToken");
        Flag(member, traits, "hostLabel", "hostLabel");
        Flag(member, traits, "eventPayload", "eventpayload");
        Flag(member, traits, "eventHeader", "eventheader");
        if (FormatOf(traits) is { } format)
        {
            member["timestampFormat"] = format;
        }

        if (traits.Find("default") is { } value)
        {
            member["default"] = value.DeepClone();
        }

        return member;
    }

    /// <summary>The words for a <c>timestampFormat</c>, on a member or a shape.</summary>
    public static string? FormatOf(Traits traits) => traits.Text("timestampFormat") switch
    {
        null => null,
        "date-time" => "iso8601",
        "epoch-seconds" => "unixTimestamp",
        "http-date" => "rfc822",
        var other => throw new FormatException($"The timestampFormat '{other}' is not known."),
    };

    public static void XmlNames(JsonObject translated, Traits traits, bool withName = true)
    {
        if (withName && traits.Text("xmlName") is { } name)
        {
            translated["locationName"] = name;
        }

        if (traits.Fields("xmlNamespace") is { } space)
        {
            translated["xmlNamespace"] = space.DeepClone();
        }
    }

    // Where in an HTTP message it stands; false when that is the body.
    private static bool Bind(JsonObject member, string name, Traits traits, Traits target)
    {
        (string Place, string? Name)? place =
            traits.Has("httpLabel") ? ("uri", name)
            : traits.Text("httpHeader") is { } header ? ("header", header)
            : traits.Has("httpPrefixHeaders") ? ("headers", traits.Text("httpPrefixHeaders"))
            : traits.Text("httpQuery") is { } query ? ("querystring", query)
            : traits.Has("httpQueryParams") ? ("querystring", null)
            : traits.Has("httpResponseCode") ? ("statusCode", null)
            : null;
        if (place is not var (location, located))
        {
            return false;
        }

        member["location"] = location;
        if (located is not null)
        {
            member["locationName"] = located;
        }

        // A header cannot carry every text, so what has a media type goes as base64.
        if (location is "header" && (traits.Has("mediaType") || target.Has("mediaType")))
        {
            member["jsonvalue"] = true;
        }

        return true;
    }

    private void Name(JsonObject member, Traits traits)
    {
        if (protocols.HasJsonNames && traits.Text("jsonName") is { } json)
        {
            member["locationName"] = json;
        }

        if (!protocols.IsXml)
        {
            return;
        }

        XmlNames(member, traits);
        Flag(member, traits, "xmlFlattened", "flattened");
        Flag(member, traits, "xmlAttribute", "xmlAttribute");
        if (traits.Text("aws.protocols#ec2QueryName") is { } query)
        {
            member["queryName"] = query;
        }
    }

    private static void Flag(JsonObject member, Traits traits, string trait, string word)
    {
        if (traits.Has(trait))
        {
            member[word] = true;
        }
    }
}
