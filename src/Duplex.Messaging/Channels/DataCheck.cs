using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Channels;

/// <summary>Holds published data against a namespace's format.</summary>
internal static class DataCheck
{
    /// <summary>Whether the data may be published, and whether it is JSON, which nobody has to find out again.</summary>
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
}
