namespace Duplex.Messaging.Application;

/// <summary>
/// A pattern of channel names: text and names in braces, as in <c>chat:{room}</c> or <c>kline:{symbol}@{interval}</c>.
/// A name matches as few characters as possible and at least one; a name at the end matches the rest.
/// </summary>
internal sealed class ChannelPattern
{
    private readonly string[] _literals;
    private readonly string[] _names;

    private ChannelPattern(string text, string[] literals, string[] names)
    {
        Text = text;
        _literals = literals;
        _names = names;
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>The names in braces, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Parses a pattern.</summary>
    /// <exception cref="FormatException">Braces do not match, a name is empty or used twice, or two names are adjacent.</exception>
    public static ChannelPattern Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        List<string> literals = [], names = [];
        var rest = text.AsSpan();
        while (true)
        {
            var open = rest.IndexOf('{');
            var literal = open < 0 ? rest : rest[..open];
            if (literal.Contains('}')) throw new FormatException($"'{text}' closes a brace that is not open.");
            if (literal.IsEmpty && names.Count > 0 && open >= 0) throw new FormatException($"'{text}' needs text between two names.");
            literals.Add(literal.ToString());
            if (open < 0) break;
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('}');
            if (close <= 0) throw new FormatException($"'{text}' has a brace that is not closed, or contains no name.");
            var name = rest[..close].ToString();
            if (names.Contains(name)) throw new FormatException($"'{text}' uses the name '{name}' twice.");
            names.Add(name);
            rest = rest[(close + 1)..];
        }

        return new ChannelPattern(text, [.. literals], [.. names]);
    }

    /// <summary>Matches a channel's name, and returns the values of the names in braces.</summary>
    public bool TryMatch(string channel, out ChannelValues values)
    {
        values = default;
        var rest = channel.AsSpan();
        if (!rest.StartsWith(_literals[0], StringComparison.Ordinal)) return false;
        rest = rest[_literals[0].Length..];
        if (_names.Length == 0) return rest.IsEmpty;

        var found = new string[_names.Length];
        for (var i = 0; i < _names.Length; i++)
        {
            var literal = _literals[i + 1];
            var length = literal.Length == 0 ? rest.Length : IndexAfterFirst(rest, literal);
            if (length <= 0) return false;
            found[i] = rest[..length].ToString();
            rest = rest[(length + literal.Length)..];
        }

        if (!rest.IsEmpty) return false;
        values = new ChannelValues(this, found);
        return true;
    }

    /// <summary>
    /// Compares patterns by how specific they are, the most specific first: part by part, text precedes a name, and longer
    /// text precedes shorter text that is its prefix. <c>chat:lobby</c> precedes <c>chat:vip-{room}</c>, which precedes
    /// <c>chat:{room}</c>, which precedes <c>{channel}</c>. Patterns that differ otherwise have an arbitrary but
    /// stable order.
    /// </summary>
    internal int CompareTo(ChannelPattern other)
    {
        for (var i = 0; i < Math.Min(_literals.Length, other._literals.Length); i++)
        {
            var order = CompareLiterals(_literals[i], other._literals[i]);
            if (order != 0) return order;
        }

        // A pattern that continues where the other ends has more text, or one more name.
        var parts = other._literals.Length.CompareTo(_literals.Length);
        return parts != 0 ? parts : string.CompareOrdinal(Text, other.Text);
    }

    /// <summary>Whether both match the same channels, regardless of the names in braces.</summary>
    internal bool IsSameAs(ChannelPattern other) => _literals.AsSpan().SequenceEqual(other._literals);

    internal int IndexOf(string name) => Array.IndexOf(_names, name);

    private static int CompareLiterals(string left, string right)
    {
        if (left.StartsWith(right, StringComparison.Ordinal)) return right.Length.CompareTo(left.Length);
        return right.StartsWith(left, StringComparison.Ordinal) ? 1 : string.CompareOrdinal(left, right);
    }

    // The literal must not be at the start, because the name before it matches at least one character.
    private static int IndexAfterFirst(ReadOnlySpan<char> text, string literal)
    {
        if (text.Length < 2) return -1;
        var index = text[1..].IndexOf(literal, StringComparison.Ordinal);
        return index < 0 ? -1 : index + 1;
    }
}
