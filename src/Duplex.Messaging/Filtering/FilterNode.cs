namespace Duplex.Messaging.Filtering;

/// <summary>A node of a tags filter as the client sent it, before validation.</summary>
internal sealed record FilterNode
{
    /// <summary>Empty for a comparison; otherwise <c>and</c>, <c>or</c> or <c>not</c> over <see cref="Nodes"/>.</summary>
    public string Op { get; init; } = "";

    /// <summary>The tag that is compared.</summary>
    public string Key { get; init; } = "";

    /// <summary>The comparison: <c>eq</c>, <c>neq</c>, <c>in</c>, <c>nin</c>, <c>ex</c>, <c>nex</c>, <c>sw</c>, <c>ew</c>, <c>ct</c>, <c>lt</c>, <c>lte</c>, <c>gt</c>, <c>gte</c>.</summary>
    public string Cmp { get; init; } = "";

    /// <summary>The value that the tag is compared with.</summary>
    public string Val { get; init; } = "";

    /// <summary>The values of <c>in</c> and <c>nin</c>.</summary>
    public IReadOnlyList<string> Vals { get; init; } = [];

    /// <summary>The operands of <see cref="Op"/>.</summary>
    public IReadOnlyList<FilterNode> Nodes { get; init; } = [];
}
