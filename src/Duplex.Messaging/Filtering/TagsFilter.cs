using System.Diagnostics.CodeAnalysis;

namespace Duplex.Messaging.Filtering;

/// <summary>
/// Selects the publications of a subscription by their tags. Created once per subscription, immutable, safe from any
/// thread. A filter reduces traffic and protects no data: clients choose it themselves.
/// </summary>
internal sealed class TagsFilter
{
    /// <summary>Limit: depth of a filter; a deeper one is refused.</summary>
    public const int MaxDepth = 16;

    /// <summary>Limit: nodes of a filter in total; one with more is refused.</summary>
    public const int MaxNodes = 256;

    /// <summary>Limit: values in the comparisons of a filter in total; one with more is refused.</summary>
    public const int MaxValues = 1024;

    private readonly TagsPredicate _root;

    private TagsFilter(TagsPredicate root) => _root = root;

    /// <summary>Validates a filter that a client sent. Returns false when it is malformed or exceeds a limit.</summary>
    public static bool TryCreate(FilterNode node, [NotNullWhen(true)] out TagsFilter? filter)
    {
        var nodesLeft = MaxNodes;
        var valuesLeft = MaxValues;
        var root = Compile(node, MaxDepth, ref nodesLeft, ref valuesLeft);
        filter = root is null ? null : new TagsFilter(root);
        return filter is not null;
    }

    /// <summary>Whether a publication with these tags matches. Null counts as an empty set.</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? tags) => _root.Matches(tags);

    private static TagsPredicate? Compile(FilterNode node, int depthLeft, ref int nodesLeft, ref int valuesLeft)
    {
        if (depthLeft == 0 || nodesLeft-- == 0) return null;
        if (node.Op.Length == 0) return CompileComparison(node, ref valuesLeft);

        if (node.Nodes.Count == 0 || node.Nodes.Count > nodesLeft) return null;
        var operands = new TagsPredicate[node.Nodes.Count];
        for (var i = 0; i < operands.Length; i++)
        {
            if (Compile(node.Nodes[i], depthLeft - 1, ref nodesLeft, ref valuesLeft) is not { } operand) return null;
            operands[i] = operand;
        }

        return node.Op switch
        {
            "and" => new AllOf(operands),
            "or" => new AnyOf(operands),
            "not" when operands.Length == 1 => new Not(operands[0]),
            _ => null,
        };
    }

    private static Comparison? CompileComparison(FilterNode node, ref int valuesLeft)
    {
        if ((valuesLeft -= node.Vals.Count) < 0) return null;
        var takes = node.Cmp switch
        {
            "eq" or "neq" or "sw" or "ew" or "ct" or "lt" or "lte" or "gt" or "gte" =>
                node.Key.Length > 0 && node.Val.Length > 0 && node.Vals.Count == 0,
            "in" or "nin" => node.Key.Length > 0 && node.Val.Length == 0 && node.Vals.Count > 0,
            "ex" or "nex" => node.Val.Length == 0 && node.Vals.Count == 0,
            _ => false,
        };
        return takes ? new Comparison(node) : null;
    }
}
