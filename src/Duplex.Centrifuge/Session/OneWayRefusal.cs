using Duplex.Messaging.Codes;

namespace Duplex.Centrifuge.Session;

/// <summary>Maps a connect error to the disconnect that a one-way client receives.</summary>
internal static class OneWayRefusal
{
    public static Disconnect Of(ClientError error, SessionOptions options) =>
        options.OneWayDisconnects.TryGetValue(error.Code, out var given) ? given
        : error == ClientErrors.TokenExpired || error == ClientErrors.Expired ? Disconnects.ConnectionExpired
        : error == ClientErrors.TooManyRequests ? Disconnects.TooManyRequests
        : error == ClientErrors.PermissionDenied ? Disconnects.PermissionDenied
        : Disconnects.InternalError;
}
