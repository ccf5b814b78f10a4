using System.Text.Json;
using System.Text.RegularExpressions;
using Duplex.Configuration;
using Duplex.Messaging.Clients;
using Duplex.WebSockets.Origins;

namespace Duplex.Server.Configuration;

/// <summary>An option that can be set on a target.</summary>
/// <param name="Name">The option's name, prefixed by its path where it is nested.</param>
/// <param name="Expected">The description of a valid value.</param>
/// <param name="TrySet">Sets a value; returns false when the value is invalid.</param>
internal sealed record Option<TTarget>(string Name, string Expected, Func<TTarget, RawValue, bool> TrySet)
{
    /// <summary>The range of a number or duration; null: the option is neither.</summary>
    public OptionRangeAttribute? Range { get; init; }

    /// <summary>Whether 0, which may lie outside <see cref="Range"/>, disables the option or stands for its default.</summary>
    public bool HasZero { get; init; }

    /// <summary>The reason why values that other servers accept are rejected; null: they are accepted.</summary>
    public string? Refusal { get; init; }

    /// <summary>The reason why the option has no effect; null: it has one.</summary>
    public string? NoEffect { get; init; }

    /// <summary>Returns the specific fault of a value, which replaces <see cref="Expected"/> in the message; null: there is none.</summary>
    public Func<RawValue, string?>? Explain { get; init; }

    /// <summary>The member that enables a section of other servers, without which its other members have no effect; null: there is none.</summary>
    public string? Switch { get; init; }

    /// <summary>Binds the option to a target, which is resolved only when a value is set.</summary>
    public BoundOption On(Func<TTarget> target) => new(
        Name, value => TrySet(target(), value), value => Refusal ?? Explain?.Invoke(value) ?? $"{Expected} is expected, not {value.Quoted}.")
    {
        Range = Range,
        HasZero = HasZero,
        IsForeign = Refusal is not null || NoEffect is not null,
        Reason = Refusal ?? NoEffect,
        Switch = Switch,
        Warning = value => NoEffect is null || value.IsOff || (Switch is { } member && value.Has(member)) ? null : NoEffect,
    };
}

/// <summary>Creates options of each type of value.</summary>
internal static class Option
{
    private static readonly NumberRangeAttribute UnixTimes = new(0, DateTimeOffset.MaxValue.ToUnixTimeSeconds(), "seconds");

    public static Option<T> Bool<T>(string name, Action<T, bool> set) => Make(name, "true or false", value => value.Bool(), set);

    /// <summary>Creates an option for a number within the range of the property that it sets.</summary>
    public static Option<T> Number<T>(string name, NumberRangeAttribute range, Action<T, int> set) => Make(
        name,
        $"a whole number from {range.Min} to {range.Max}",
        value => value.Number() is { } number && range.Contains(number) ? (int)number : (int?)null,
        set, range);

    /// <summary>Creates an option for a number of which 0 disables the limit, as other servers define it.</summary>
    public static Option<T> NumberOrOff<T>(string name, NumberRangeAttribute range, Action<T, int?> set) => Make(
        name,
        $"a whole number from {range.Min} to {range.Max}, or 0 for {range.Null},",
        value => value.Number() is { } number && (number == 0 || range.Contains(number)) ? (int)number : (int?)null,
        (T target, int number) => set(target, number == 0 ? null : number), range, hasZero: true);

    /// <summary>Creates an option for a number of which 0 is the default.</summary>
    public static Option<T> NumberOrDefault<T>(string name, NumberRangeAttribute range, int byDefault, Action<T, int> set) => Make(
        name,
        $"a whole number from {range.Min} to {range.Max}, or 0 for {byDefault},",
        value => value.Number() is { } number && (number == 0 || range.Contains(number)) ? (int)number : (int?)null,
        (T target, int number) => set(target, number == 0 ? byDefault : number), range, hasZero: true);

    public static Option<T> Time<T>(string name, Action<T, DateTimeOffset?> set) => Make<T, long>(
        name,
        $"a Unix time in seconds from {UnixTimes.Min} to {UnixTimes.Max}",
        value => value.Number() is { } number && UnixTimes.Contains(number) ? number : (long?)null,
        (target, number) => set(target, number == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(number)), UnixTimes, hasZero: true);

    /// <summary>Creates an option for a duration within the range of the property that it sets.</summary>
    public static Option<T> Duration<T>(string name, TimeRangeAttribute range, Action<T, TimeSpan> set) => Make(
        name, $"{Bounds(range)},", value => value.Duration() is { } duration && range.Contains(duration) ? duration : (TimeSpan?)null, set, range);

    /// <summary>Creates an option for a duration of which 0 disables the feature, as other servers define it.</summary>
    public static Option<T> DurationOrOff<T>(string name, TimeRangeAttribute range, Action<T, TimeSpan?> set) => Make(
        name,
        $"{Bounds(range)}, or \"0s\" for {range.Null},",
        value => value.Duration() is { } duration && (duration == TimeSpan.Zero || range.Contains(duration)) ? duration : (TimeSpan?)null,
        (T target, TimeSpan duration) => set(target, duration == TimeSpan.Zero ? null : duration), range, hasZero: true);

    /// <summary>Creates an option for a duration of which 0 is the default.</summary>
    public static Option<T> DurationOrDefault<T>(string name, TimeRangeAttribute range, TimeSpan byDefault, Action<T, TimeSpan> set) => Make(
        name,
        $"{Bounds(range)}, or \"0s\" for {DurationText.Write(byDefault)},",
        value => value.Duration() is { } duration && (duration == TimeSpan.Zero || range.Contains(duration)) ? duration : (TimeSpan?)null,
        (T target, TimeSpan duration) => set(target, duration == TimeSpan.Zero ? byDefault : duration), range, hasZero: true);

    public static Option<T> Text<T>(string name, Action<T, string> set) =>
        new(name, "a string", (target, value) => Set(target, value.Text(), set));

    public static Option<T> Word<T>(string name, Action<T, string> set) =>
        new(name, "a non-empty string", (target, value) => Set(target, value.Text() is { Length: > 0 } text ? text : null, set));

    public static Option<T> Path<T>(string name, Action<T, string> set) => new(
        name,
        "a path that begins with a slash",
        (target, value) => Set(target, value.Text() is { Length: > 1 } text && text[0] == '/' && !text.AsSpan().ContainsAny(" ?#{}") ? text.TrimEnd('/') : null, set));

    /// <summary>Creates an option for the origins of web pages and application shells; each is validated.</summary>
    public static Option<T> Origins<T>(string name, Action<T, IReadOnlyList<string>> set) => new(
        name, "a list of origins", (target, value) => Set(target, value.Texts() is { } texts && OriginFault(texts) is null ? texts : null, set))
    {
        Explain = static value => value.Texts() is { } texts ? OriginFault(texts) : null,
    };

    public static Option<T> Texts<T>(string name, Action<T, IReadOnlyList<string>> set) =>
        new(name, "a list of strings", (target, value) => Set(target, value.Texts(), set));

    /// <summary>Creates an option for the names of header fields that can be forwarded from one request to another.</summary>
    public static Option<T> FieldNames<T>(string name, Action<T, IReadOnlyList<string>> set) => new(
        name,
        "a list of names of header fields other than Host, Content-*, Proxy-* and those of a connection",
        (target, value) => Set(target, value.Texts() is { } names && names.All(static field => HeaderField.IsName(field) && !HeaderField.IsFraming(field)) ? names : null, set));

    /// <summary>Creates an option for the name of a header field, which may be empty.</summary>
    public static Option<T> FieldName<T>(string name, Action<T, string> set) => new(
        name, "the name of a header field", (target, value) => Set(target, value.Text() is { } text && (text.Length == 0 || HeaderField.IsName(text)) ? text : null, set));

    /// <summary>Creates an option for the header fields of a request, as an object of strings.</summary>
    public static Option<T> Fields<T>(string name, Action<T, IReadOnlyDictionary<string, string>> set) => new(
        name,
        "an object of header fields of visible ASCII, none of Content-* but Content-Type, Proxy-* and those of a connection",
        (target, value) => Set(target, value.Pairs() is { } fields && fields.All(static field => IsField(field.Key, field.Value)) ? fields : null, set));

    public static Option<T> Address<T>(string name, Action<T, Uri> set) => new(
        name,
        "an http or https address",
        (target, value) => Set(target, Uri.TryCreate(value.Text(), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null, set));

    /// <summary>Creates an option for a public key in PEM, which may be empty.</summary>
    public static Option<T> PublicKey<T>(string name, bool isRsa, Action<T, string> set) => new(
        name, "a public key in PEM", (target, value) => Set(target, value.Text() is { } text ? PublicKeyText.Read(text, isRsa).Pem : null, set))
    {
        Explain = value => value.Text() is { } text ? PublicKeyText.Read(text, isRsa).Fault : null,
    };

    /// <summary>Creates an option for a regular expression, which may be empty.</summary>
    public static Option<T> Pattern<T>(string name, RegexOptions options, Action<T, Regex?> set) => new(
        name, "a regular expression", (target, value) =>
        {
            if (value.Text() is not { } text || FaultOf(text, options) is not null) return false;
            set(target, text.Length == 0 ? null : new Regex(text, options, TimeSpan.FromSeconds(1)));
            return true;
        })
    {
        Explain = value => value.Text() is { } text ? FaultOf(text, options) : null,
    };

    public static Option<T> Choice<T, TChoice>(string name, Action<T, TChoice> set, params (string Name, TChoice Value)[] choices)
        where TChoice : struct => Make(
            name,
            $"one of {string.Join(", ", choices.Select(choice => $"\"{choice.Name}\""))}",
            value => value.Text() is { } text && Array.FindIndex(choices, choice => choice.Name == text) is var at and >= 0 ? choices[at].Value : (TChoice?)null,
            set);

    /// <summary>Creates an option for a list of objects, which the environment sets as JSON. The function that reads one returns null when it is invalid.</summary>
    public static Option<T> Objects<T, TItem>(string name, string expected, Func<JsonElement, TItem?> read, Action<T, IReadOnlyList<TItem>> set)
        where TItem : class => new(name, expected, (target, value) => Set(target, value.Objects(read), set));

    /// <summary>Creates an option of other servers of which only the given values are supported.</summary>
    public static Option<T> Fixed<T>(string name, string refusal, params string[] values) =>
        new(name, refusal, (_, value) => values.Contains(value.Text() ?? value.ToString())) { Refusal = refusal };

    /// <summary>Creates an option, or section, of other servers that is accepted without effect.</summary>
    public static Option<T> Inert<T>(string name, string reason) => new(name, reason, static (_, _) => true) { NoEffect = LeaveOut(reason) };

    /// <summary>Creates an option, or section, of other servers that is accepted only when it is off.</summary>
    public static Option<T> Refused<T>(string name, string reason) => new(name, reason, static (_, value) => value.IsOff) { Refusal = LeaveOut(reason) };

    /// <summary>Creates a section of other servers that is off unless one of its members enables it; other members cause a warning.</summary>
    public static Option<T> RefusedSection<T>(string name, string reason, string switchedBy = "enabled", string off = "") =>
        new(name, reason, (_, value) => value.IsOff || value.IsOffBy(switchedBy, off)) { Refusal = LeaveOut(reason), NoEffect = LeaveOut(reason), Switch = switchedBy };

    private static string Bounds(TimeRangeAttribute range) => $"a duration such as \"300s\", from {DurationText.Write(range.Min)} to {DurationText.Write(range.Max)}";

    private static string LeaveOut(string reason) => reason.Contains("leave", StringComparison.OrdinalIgnoreCase) ? reason : $"{reason} Leave it out.";

    private static string? FaultOf(string pattern, RegexOptions options)
    {
        try
        {
            _ = new Regex(pattern, options);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return $"a regular expression is expected, not \"{pattern}\": {exception.Message}";
        }
    }

    private static string? OriginFault(IReadOnlyList<string> entries) => entries.Select(OriginPolicy.FaultOf).FirstOrDefault(static fault => fault is not null);

    private static bool IsField(string name, string value) => HeaderField.IsName(name) && HeaderField.IsValue(value)
        && (!HeaderField.IsFraming(name) || name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));

    private static Option<T> Make<T, TValue>(
        string name, string expected, Func<RawValue, TValue?> read, Action<T, TValue> set, OptionRangeAttribute? range = null, bool hasZero = false)
        where TValue : struct => new(name, expected, (target, value) =>
    {
        if (read(value) is not { } right) return false;
        set(target, right);
        return true;
    })
        {
            Range = range,
            HasZero = hasZero,
        };

    private static bool Set<T, TValue>(T target, TValue? value, Action<T, TValue> set)
        where TValue : class
    {
        if (value is null) return false;
        set(target, value);
        return true;
    }
}
