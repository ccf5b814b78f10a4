using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Duplex.Messaging;

/// <summary>Turns an application's messages into payloads: bytes stay as they are, all else becomes JSON by its registered type information.</summary>
public sealed class PayloadSerializer
{
    private readonly JsonSerializerOptions _options;

    /// <summary>Freezes the options; adds reflection behind the registered contexts where the application has it.</summary>
    public PayloadSerializer(JsonSerializerOptions options)
    {
        _options = options;
        if (JsonSerializer.IsReflectionEnabledByDefault && !options.IsReadOnly) AddReflection(options);
        options.MakeReadOnly();
    }

    /// <summary>Serialises by the declared type.</summary>
    public ReadOnlyMemory<byte> Serialize<T>(T value) => value switch
    {
        ReadOnlyMemory<byte> bytes => bytes,
        byte[] bytes => bytes,
        _ => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T))),
    };

    /// <summary>Serialises by the value's own type; null gives no payload.</summary>
    public ReadOnlyMemory<byte> SerializeObject(object? value) => value switch
    {
        null => default,
        ReadOnlyMemory<byte> bytes => bytes,
        byte[] bytes => bytes,
        _ => JsonSerializer.SerializeToUtf8Bytes(value, _options.GetTypeInfo(value.GetType())),
    };

    /// <summary>Reads a payload; an empty one is read as null.</summary>
    /// <exception cref="JsonException">The payload does not fit the type.</exception>
    public T? Deserialize<T>(ReadOnlyMemory<byte> payload) =>
        (T?)Deserialize(payload, typeof(T));

    /// <summary>Reads a payload; an empty one is read as null.</summary>
    /// <exception cref="JsonException">The payload does not fit the type.</exception>
    public object? Deserialize(ReadOnlyMemory<byte> payload, Type type)
    {
        if (type == typeof(ReadOnlyMemory<byte>)) return payload;
        if (type == typeof(byte[])) return payload.ToArray();
        return payload.IsEmpty ? null : JsonSerializer.Deserialize(payload.Span, _options.GetTypeInfo(type));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only reached where the application has reflection-based JSON on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where the application has reflection-based JSON on.")]
    private static void AddReflection(JsonSerializerOptions options) =>
        options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
}
