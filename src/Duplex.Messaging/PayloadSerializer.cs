using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Duplex.Messaging;

/// <summary>
/// Converts between an application's messages and payloads. Bytes (<c>byte[]</c>, <see cref="Memory{T}"/>, <see cref="ReadOnlyMemory{T}"/>
/// and <see cref="ArraySegment{T}"/> of <see cref="byte"/>) are payloads already and are never encoded; any other value is serialized as JSON with its registered type information.
/// </summary>
internal sealed class PayloadSerializer
{
    private readonly JsonSerializerOptions _options;

    /// <summary>Makes the options read-only; adds reflection after the registered contexts when the application has it.</summary>
    public PayloadSerializer(JsonSerializerOptions options)
    {
        _options = options;
        if (JsonSerializer.IsReflectionEnabledByDefault && !options.IsReadOnly) AddReflection(options);
        options.MakeReadOnly();
    }

    /// <summary>Serializes a value by its declared type. Bytes are returned unchanged, without a copy.</summary>
    public ReadOnlyMemory<byte> Serialize<T>(T value) =>
        BytesOf(value) ?? JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)));

    /// <summary>Serializes a value by its own type; null returns an empty payload. Bytes are returned unchanged, without a copy.</summary>
    public ReadOnlyMemory<byte> SerializeObject(object? value) => value is null
        ? default
        : BytesOf(value) ?? JsonSerializer.SerializeToUtf8Bytes(value, _options.GetTypeInfo(value.GetType()));

    /// <summary>Deserializes a payload; an empty one becomes empty bytes when the type is one of bytes, otherwise null.</summary>
    /// <exception cref="JsonException">The payload does not fit the type.</exception>
    public T? Deserialize<T>(ReadOnlyMemory<byte> payload) =>
        (T?)Deserialize(payload, typeof(T));

    /// <summary>
    /// Deserializes a payload; an empty one becomes empty bytes when the type is one of bytes, otherwise null. A writable type of bytes
    /// receives a copy.
    /// </summary>
    /// <exception cref="JsonException">The payload does not fit the type.</exception>
    public object? Deserialize(ReadOnlyMemory<byte> payload, Type type)
    {
        if (type == typeof(ReadOnlyMemory<byte>)) return payload;
        if (type == typeof(byte[])) return payload.ToArray();
        if (type == typeof(Memory<byte>)) return new Memory<byte>(payload.ToArray());
        if (type == typeof(ArraySegment<byte>)) return new ArraySegment<byte>(payload.ToArray());
        if (payload.IsEmpty) return null;
        return Nullable.GetUnderlyingType(type) is { } underlying && IsBytes(underlying)
            ? Deserialize(payload, underlying)
            : JsonSerializer.Deserialize(payload.Span, _options.GetTypeInfo(type));
    }

    // Null when the value is not bytes; without the cast, null would convert to empty bytes. Nothing is boxed: the JIT resolves the patterns for each value type.
    private static ReadOnlyMemory<byte>? BytesOf<T>(T value) => value switch
    {
        byte[] bytes => new ReadOnlyMemory<byte>(bytes),
        ReadOnlyMemory<byte> bytes => bytes,
        Memory<byte> bytes => bytes,
        ArraySegment<byte> bytes => bytes,
        _ => (ReadOnlyMemory<byte>?)null,
    };

    private static bool IsBytes(Type type) =>
        type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>) || type == typeof(ArraySegment<byte>);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only reached where the application has reflection-based JSON on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where the application has reflection-based JSON on.")]
    private static void AddReflection(JsonSerializerOptions options) =>
        options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
}
