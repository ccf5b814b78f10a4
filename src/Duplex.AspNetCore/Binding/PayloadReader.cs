using System.Text.Json;
using Duplex.Messaging;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.AspNetCore.Binding;

/// <summary>Reads a handler's payload. What is missing or does not fit is the caller's bad request.</summary>
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
            throw new ClientException(ClientErrors.BadRequest with { Message = $"bad request: {exception.Path ?? "data"} does not fit" });
        }

        return value is null && !isOptional
            ? throw new ClientException(ClientErrors.BadRequest with { Message = "bad request: data is missing" })
            : value;
    }
}
