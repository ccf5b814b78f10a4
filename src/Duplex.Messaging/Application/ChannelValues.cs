namespace Duplex.Messaging.Application;

/// <summary>The values of the names in a channel pattern.</summary>
public readonly struct ChannelValues
{
    private readonly ChannelPattern? _pattern;
    private readonly string[]? _values;

    internal ChannelValues(ChannelPattern pattern, string[] values)
    {
        _pattern = pattern;
        _values = values;
    }

    /// <summary>The value of a name; null when the pattern has no such name.</summary>
    public string? this[string name]
    {
        get
        {
            var index = _pattern is null ? -1 : _pattern.IndexOf(name);
            return index < 0 ? null : _values![index];
        }
    }
}
