using System.Text;
using Duplex.Centrifuge.Model;
using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Json;

/// <summary>Reads commands, and the bodies of POST requests to the emulation endpoint.</summary>
internal static class JsonCommandReader
{
    public static Command Read(ref JsonFieldReader json)
    {
        uint id = 0;
        Request? request = null;
        var precedence = int.MaxValue;
        if (!json.TryEnterMessage()) return default;
        while (json.NextField())
        {
            if (json.Is("id"u8))
            {
                id = json.UInt32();
                continue;
            }

            var candidate = ReadRequest(ref json, out var candidatePrecedence);
            if (candidate is not null && candidatePrecedence < precedence)
                (request, precedence) = (candidate, candidatePrecedence);
        }

        json.End();
        return new Command(id, request) { IsTooDeep = json.IsTooDeep };
    }

    // When several requests are set, the one with the lowest precedence counts, in whatever order they appear.
    private static Request? ReadRequest(ref JsonFieldReader json, out int precedence)
    {
        precedence = 0;
        if (json.Is("connect"u8)) return JsonConnectReader.Connect(ref json);
        precedence = 1;
        if (json.Is("subscribe"u8)) return JsonConnectReader.Subscribe(ref json);
        precedence = 2;
        if (json.Is("unsubscribe"u8)) return JsonRequestReader.Unsubscribe(ref json);
        precedence = 3;
        if (json.Is("publish"u8)) return JsonRequestReader.Publish(ref json);
        precedence = 4;
        if (json.Is("presence"u8)) return JsonRequestReader.Presence(ref json);
        precedence = 5;
        if (json.Is("presence_stats"u8)) return JsonRequestReader.PresenceStats(ref json);
        precedence = 6;
        if (json.Is("history"u8)) return JsonRequestReader.History(ref json);
        precedence = 7;
        if (json.Is("rpc"u8)) return JsonRequestReader.Rpc(ref json);
        precedence = 8;
        if (json.Is("send"u8)) return JsonRequestReader.Send(ref json);
        precedence = 9;
        if (json.Is("refresh"u8)) return JsonRequestReader.Refresh(ref json);
        precedence = 10;
        if (json.Is("sub_refresh"u8)) return JsonRequestReader.SubRefresh(ref json);
        json.Skip();
        return null;
    }

    public static EmulationRequest? Emulation(ref JsonFieldReader json)
    {
        if (!json.TryEnterMessage()) return null;
        string node = "", session = "", data = "";
        while (json.NextField())
        {
            if (json.Is("node"u8)) node = json.String();
            else if (json.Is("session"u8)) session = json.String();
            else if (json.Is("data"u8)) data = json.String();
            else json.Skip();
        }

        json.End();
        return new EmulationRequest(node, session, Encoding.UTF8.GetBytes(data));
    }
}
