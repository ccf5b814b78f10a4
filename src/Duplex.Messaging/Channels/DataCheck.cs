using System.Text.Json;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging.Channels;

/// <summary>Holds published data against a namespace's format.</summary>
internal static class DataCheck
{
    public static bool Accepts(this DataFormat format, ReadOnlySpan<byte> data) => format switch
    {
        DataFormat.Any => !data.IsEmpty,
        DataFormat.Json => IsJson(data, isObject: false),
        DataFormat.JsonObject => IsJson(data, isObject: true),
        _ => true,
    };

    /// <summary>What a client is answered that published data: one that published nothing where something must be goes.</summary>
    public static Outcome<Done> Check(this DataFormat format, ReadOnlySpan<byte> data) => format.Accepts(data) ? Done.Instance
        : data.IsEmpty ? Disconnects.BadRequest
        : ClientErrors.BadRequest;

    private static bool IsJson(ReadOnlySpan<byte> data, bool isObject)
    {
        var reader = new Utf8JsonReader(data);
        try
        {
            if (!reader.Read() || (isObject && reader.TokenType != JsonTokenType.StartObject)) return false;
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
