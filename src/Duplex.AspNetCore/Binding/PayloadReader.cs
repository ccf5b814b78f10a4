using System.Text.Json;
using Duplex.Messaging;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.AspNetCore.Binding;

/// <summary>Deserializes a handler's payload. A payload that is missing or does not match the type is a bad request of the caller.</summary>
internal static class PayloadReader
{
    public static object? Read(PayloadSerializer payloads, ReadOnlyMemory<byte> data, Type type, bool isOptional)
    {
        object? value;
        try
        {
            value = payloads.Deserialize(data, type);
        }
        catch (JsonException exception)
        {
            throw new ClientException(ClientErrors.BadRequest with { Message = $"bad request: {exception.Path ?? "data"} does not match the expected type" });
        }

        return value is null && !isOptional
            ? throw new ClientException(ClientErrors.BadRequest with { Message = "bad request: data is missing" })
            : value;
    }
}
