namespace Duplex.Messaging.Filtering;

/// <summary>Compares one tag.</summary>
internal sealed class Comparison : TagsPredicate
{
    private readonly string _key;
    private readonly string _operator;
    private readonly string _value;
    private readonly HashSet<string> _values;
    private readonly DecimalText? _number;

    public Comparison(FilterNode node)
    {
        _key = node.Key;
        _operator = node.Cmp;
        _value = node.Val;
        _values = new HashSet<string>(node.Vals, StringComparer.Ordinal);
        _number = DecimalText.Parse(node.Val);
    }

    public override bool Matches(IReadOnlyDictionary<string, string>? tags)
    {
        string? tag = null;
        tags?.TryGetValue(_key, out tag);
        return _operator switch
        {
            "eq" => tag is not null && string.Equals(tag, _value, StringComparison.Ordinal),
            "neq" => tag is null || !string.Equals(tag, _value, StringComparison.Ordinal),
            // A missing tag counts as empty here.
            "in" => _values.Contains(tag ?? ""),
            "nin" => !_values.Contains(tag ?? ""),
            "ex" => tag is not null,
            "nex" => tag is null,
            "sw" => tag is not null && tag.StartsWith(_value, StringComparison.Ordinal),
            "ew" => tag is not null && tag.EndsWith(_value, StringComparison.Ordinal),
            "ct" => tag is not null && tag.Contains(_value, StringComparison.Ordinal),
            "lt" => Order(tag) is < 0,
            "lte" => Order(tag) is <= 0,
            "gt" => Order(tag) is > 0,
            "gte" => Order(tag) is >= 0,
            _ => false,
        };
    }

    // Null when either side is missing or not a number; then no order applies.
    private int? Order(string? tag) =>
        _number is { } number && tag is not null && DecimalText.Parse(tag) is { } other ? other.CompareTo(number) : null;
}
