using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Channels;

/// <summary>Validates published data against a namespace's format.</summary>
internal static class DataCheck
{
    /// <summary>Whether the data is accepted, and whether it is JSON, so that it need not be validated again.</summary>
    public static bool Accepts(this DataFormat format, ReadOnlySpan<byte> data, out bool isJson)
    {
        isJson = JsonData.IsJson(data);
        return format switch
        {
            DataFormat.Json => isJson,
            DataFormat.JsonObject => isJson && JsonData.IsObject(data),
            DataFormat.Any => !data.IsEmpty,
            _ => true,
        };
    }

    /// <summary>Refuses a client's data. Empty data that the format does not allow disconnects the client, as the dialect demands.</summary>
    public static Outcome<T> Refuse<T>(ReadOnlyMemory<byte> data, DataFormat format)
        where T : class
    {
        if (data.IsEmpty) return Disconnects.BadRequest.Because("The publication has no data.");
        return ClientErrors.BadRequest.Because($"The namespace's DataFormat ({format}) does not allow the data.");
    }
}
