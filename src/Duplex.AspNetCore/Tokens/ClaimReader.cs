using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Messaging.Channels;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// Reads individual claims. A null claim counts as absent, because some libraries write absent claims so. The methods return the
/// reason for rejecting a token whose claim has the wrong type, otherwise null.
/// </summary>
internal readonly struct ClaimReader(JsonObject claims)
{
    /// <summary>Returns a string claim; null if it is absent or has another type.</summary>
    public string? TextOrNull(string name) => claims.Text(name, out var text) is null ? text : null;

    /// <summary>Reads a string; null if it is absent.</summary>
    public string? Text(string name, out string? text) => Describe(claims.Text(name, out text));

    /// <summary>Reads a string or a list of strings; an empty list if it is absent.</summary>
    public string? Texts(string name, out List<string> texts)
    {
        if (claims.Text(name, out var text) is { Expected: not JsonShape.Text } fault)
        {
            texts = [];
            return Describe(fault);
        }

        if (text is null) return Describe(claims.Texts(name, out texts));
        texts = [text];
        return null;
    }

    /// <summary>Reads a time in Unix seconds, possibly with a fraction; null if it is absent.</summary>
    public string? Seconds(string name, out long? seconds)
    {
        seconds = null;
        if (claims.Find(name, out var claim) is { } fault) return Describe(fault);
        if (claim is not { } given) return null;
        if (given.ValueKind != JsonValueKind.Number || !given.TryGetDouble(out var value)) return $"{name} is not a number of seconds";
        seconds = (long)Math.Clamp(value, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return null;
    }

    /// <summary>Reads an object; null if it is absent or an empty list, with which PHP encodes an empty object.</summary>
    public string? Object(string name, out JsonObject? value)
    {
        var fault = claims.Object(name, out value);
        if (value is { IsList: true }) value = null;
        return Describe(fault);
    }

    /// <summary>Reads a payload as JSON, or in base64 under the name with the prefix <c>b64</c>, which takes precedence.</summary>
    public string? Payload(string name, out ReadOnlyMemory<byte> payload) => Describe(claims.Payload(name, out payload));

    /// <summary>Reads the options that the subscription overrides, each an object with a <c>value</c>; options of another shape are ignored, except the pace.</summary>
    public string? Overrides(out SubscriptionOverrides overrides)
    {
        overrides = SubscriptionOverrides.None;
        JsonFault? half = null;
        if (Given(claims.Object("override", out var options)) && options is { } given)
        {
            if (Pace(given, out var pace) is { } fault) return fault;
            overrides = OverridesReader.Read(
                name => Given(given.Object(name, out var option)) && option is { } one && Given(one.Flag("value", out var value)) ? value : null,
                pace);
        }

        return Describe(half);

        bool Given(JsonFault? fault)
        {
            if (fault is { Expected: JsonShape.WholeNames }) half = fault;
            return fault is null;
        }
    }

    private static string? Pace(JsonObject options, out SubscriptionPace? pace)
    {
        const string Fault = "override.pace.value is not an object such as {\"delay_ms\":250,\"latest\":true}";
        pace = null;
        if (options.Object("pace", out var option) is { } fault) return Explain(fault);
        if (option is not { } given) return null;
        if (given.Object("value", out var value) is { } valueFault) return Explain(valueFault);
        if (value is not { } members) return null;
        bool? isLatest = null;
        if ((members.Find("delay_ms", out var delay) ?? members.Flag("latest", out isLatest)) is { } memberFault) return Explain(memberFault);
        if (delay is not { ValueKind: JsonValueKind.Number } number || !number.TryGetUInt64(out var milliseconds)) return Fault;
        pace = OverridesReader.PaceOf(milliseconds, isLatest ?? false);
        return null;

        static string? Explain(JsonFault fault) => fault.Expected == JsonShape.WholeNames ? Describe(fault) : Fault;
    }

    private static string? Describe(JsonFault? fault) => fault is not { } found ? null : found.Expected switch
    {
        JsonShape.Text => $"{found.Name} is not a string",
        JsonShape.Object => $"{found.Name} is not an object",
        JsonShape.Base64 => $"{found.Name} is not base64",
        JsonShape.TextList or JsonShape.TextItem => $"{found.Name} is not a list of strings",
        JsonShape.WholeNames => "a name in it contains an unpaired surrogate",
        _ => "a string in it contains an unpaired surrogate",
    };
}
