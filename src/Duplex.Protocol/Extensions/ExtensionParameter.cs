namespace Duplex.Protocol.Extensions;

/// <summary>Represents one parameter of an extension as sent in the header. RFC 6455 section 9.1.</summary>
internal readonly ref struct ExtensionParameter(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool hasValue)
{
    /// <summary>The name of the parameter, which is case-sensitive.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The value without its quotes; empty when the parameter has none.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Whether the parameter has a value.</summary>
    public bool HasValue { get; } = hasValue;
}
