namespace Duplex.Protocol.Extensions;

/// <summary>One parameter of an extension, as it stands in the header. RFC 6455 section 9.1.</summary>
public readonly ref struct ExtensionParameter(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool hasValue)
{
    /// <summary>The parameter's name; case matters.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The value without its quotes; empty when there is none.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Whether a value was given.</summary>
    public bool HasValue { get; } = hasValue;
}
