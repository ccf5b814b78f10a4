using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Hosting;

/// <summary>Represents the refusal of a handshake. The peer receives the status and the reason; the log has the advice too.</summary>
public sealed class UpgradeRefusal
{
    private static readonly UpgradeRefusal[] Faults =
        [.. Enum.GetValues<UpgradeFault>().Select(static fault => new UpgradeRefusal(UpgradeRules.StatusOf(fault), UpgradeRules.ReasonOf(fault), AdviceOf(fault)))];

    /// <summary>Creates a refusal. Endpoints create frequent refusals once and reuse them.</summary>
    /// <param name="status">The status code, 400 to 599. Any other value refuses with 500.</param>
    /// <param name="reason">
    /// The reason in one ASCII sentence, the same for every refusal of its kind, because the log groups refusals by it.
    /// </param>
    /// <param name="advice">The change that avoids an unintended refusal; may be empty.</param>
    public UpgradeRefusal(int status, string reason, string advice = "")
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(advice);
        Status = status is >= 400 and <= 599 ? status : 500;
        Reason = reason;
        Advice = advice;
    }

    /// <summary>The origin of the page is not allowed.</summary>
    internal static UpgradeRefusal Origin { get; } = new(
        403,
        "Pages of this origin may not connect.",
        "The origin is neither that of the Host field nor among the allowed ones: add it to AllowedOrigins (client.allowed_origins of the server), or let the proxy in front pass on the Host field with its port.");

    /// <summary>The request offers none of the supported subprotocols.</summary>
    internal static UpgradeRefusal Subprotocol { get; } = new(400, "None of the offered subprotocols is supported.", "The endpoint requires one of its Subprotocols.");

    /// <summary>The Sec-WebSocket-Extensions field is malformed. RFC 6455 section 9.1.</summary>
    internal static UpgradeRefusal Extensions { get; } = new(400, "Sec-WebSocket-Extensions is malformed.", "The client must follow RFC 6455 section 9.1.");

    /// <summary>The code that decides on the request threw an exception, which was logged.</summary>
    internal static UpgradeRefusal Failure { get; } = new(500, "The server failed to answer.", "The preceding error in the log has the cause.");

    /// <summary>The endpoint did not accept the connection.</summary>
    public static UpgradeRefusal Endpoint { get; } = new(403, "The endpoint refused the connection.", "Its Accept returned null.");

    /// <summary>The head of the request did not arrive in time.</summary>
    internal static UpgradeRefusal Timeout { get; } = new(408, "The request did not arrive in time.", "Raise HeadTimeout if clients on slow networks need longer.");

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>The reason of the refusal in one sentence, which the client receives.</summary>
    public string Reason { get; }

    /// <summary>The change that avoids an unintended refusal; may be empty. Only the log contains it.</summary>
    public string Advice { get; }

    /// <summary>Returns the refusal of a request with a fault.</summary>
    internal static UpgradeRefusal Of(UpgradeFault fault) => Faults[(int)fault];

    private static string AdviceOf(UpgradeFault fault) => fault switch
    {
        UpgradeFault.Upgrade or UpgradeFault.Connection => "A proxy in front must pass on the fields Upgrade and Connection.",
        UpgradeFault.None => "",
        _ => "The client must follow RFC 6455 section 4.1.",
    };
}
