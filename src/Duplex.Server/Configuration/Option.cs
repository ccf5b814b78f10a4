namespace Duplex.Server.Configuration;

/// <summary>An option that may be set on a target.</summary>
/// <param name="Name">Its name, with the path before it where it is nested.</param>
/// <param name="Expected">What a right value looks like, in words.</param>
/// <param name="TrySet">Sets the value; false when it is not of the right kind.</param>
internal sealed record Option<TTarget>(string Name, string Expected, Func<TTarget, RawValue, bool> TrySet);

/// <summary>Makes options of each kind.</summary>
internal static class Option
{
    public static Option<T> Bool<T>(string name, Action<T, bool> set) => Make(name, "true or false", value => value.Bool(), set);

    public static Option<T> Number<T>(string name, int min, int max, Action<T, int> set) => Make(
        name, $"a whole number from {min} to {max}", value => value.Number() is { } number && number >= min && number <= max ? (int)number : (int?)null, set);

    public static Option<T> Time<T>(string name, Action<T, DateTimeOffset?> set) => Make<T, long>(
        name,
        "a Unix time in seconds",
        value => value.Number() is { } number and >= 0 and <= 253402300799 ? number : null,
        (target, number) => set(target, number == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(number)));

    public static Option<T> Duration<T>(string name, Action<T, TimeSpan> set) => Make(name, "a duration such as \"300s\"", value => value.Duration(), set);

    public static Option<T> Text<T>(string name, Action<T, string> set) =>
        new(name, "a text", (target, value) => Set(target, value.Text(), set));

    public static Option<T> Path<T>(string name, Action<T, string> set) => new(
        name,
        "a path that begins with a slash",
        (target, value) => Set(target, value.Text() is { Length: > 1 } text && text[0] == '/' && !text.AsSpan().ContainsAny(" ?#{}") ? text.TrimEnd('/') : null, set));

    public static Option<T> Texts<T>(string name, Action<T, IReadOnlyList<string>> set) =>
        new(name, "a list of texts", (target, value) => Set(target, value.Texts(), set));

    public static Option<T> Pairs<T>(string name, Action<T, IReadOnlyDictionary<string, string>> set) =>
        new(name, "an object of texts", (target, value) => Set(target, value.Pairs(), set));

    public static Option<T> Address<T>(string name, Action<T, Uri> set) => new(
        name,
        "an http or https address",
        (target, value) => Set(target, Uri.TryCreate(value.Text(), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null, set));

    public static Option<T> Choice<T, TChoice>(string name, Action<T, TChoice> set, params (string Name, TChoice Value)[] choices)
        where TChoice : struct => Make(
            name,
            $"one of {string.Join(", ", choices.Select(choice => $"\"{choice.Name}\""))}",
            value => value.Text() is { } text && Array.FindIndex(choices, choice => choice.Name == text) is var at and >= 0 ? choices[at].Value : (TChoice?)null,
            set);

    /// <summary>An option of other servers whose only value here is this one.</summary>
    public static Option<T> Fixed<T>(string name, params string[] values) => new(
        name, $"{values[0]}, because this version has nothing else,", (_, value) => values.Contains(value.Text() ?? value.ToString()));

    private static Option<T> Make<T, TValue>(string name, string expected, Func<RawValue, TValue?> read, Action<T, TValue> set)
        where TValue : struct => new(name, expected, (target, value) =>
    {
        if (read(value) is not { } right) return false;
        set(target, right);
        return true;
    });

    private static bool Set<T, TValue>(T target, TValue? value, Action<T, TValue> set)
        where TValue : class
    {
        if (value is null) return false;
        set(target, value);
        return true;
    }
}
