namespace Duplex.Protocol.Extensions;

/// <summary>Represents the parameters of one permessage-deflate offer or response. RFC 7692 section 7.1.</summary>
internal struct DeflateParameterSet
{
    public bool ServerNoContextTakeover, ClientNoContextTakeover;

    /// <summary>The server's window in bits; 0 when the parameter is absent.</summary>
    public int ServerMaxWindowBits;

    /// <summary>
    /// The client's window in bits; 0 when the parameter is absent, or present without a value: see
    /// <see cref="HasClientMaxWindowBits"/>.
    /// </summary>
    public int ClientMaxWindowBits;

    public bool HasClientMaxWindowBits;

    /// <summary>
    /// Reads the parameters of the reader's current extension. RFC 7692 section 7.1: an unknown name, a value that is
    /// missing, superfluous or out of range, or a repeated name makes the whole element unacceptable.
    /// </summary>
    public static bool TryRead(ref ExtensionListReader reader, bool isOffer, out DeflateParameterSet set)
    {
        set = default;
        var isAcceptable = true;
        while (reader.TryReadParameter(out var parameter)) isAcceptable &= set.TryAdd(parameter, isOffer);
        return isAcceptable && !reader.IsMalformed;
    }

    private bool TryAdd(ExtensionParameter parameter, bool isOffer)
    {
        if (parameter.Name.SequenceEqual("server_no_context_takeover"u8)) return TrySet(ref ServerNoContextTakeover, parameter);
        if (parameter.Name.SequenceEqual("client_no_context_takeover"u8)) return TrySet(ref ClientNoContextTakeover, parameter);
        if (parameter.Name.SequenceEqual("server_max_window_bits"u8))
            return ServerMaxWindowBits == 0 && TryReadBits(parameter, out ServerMaxWindowBits);
        if (!parameter.Name.SequenceEqual("client_max_window_bits"u8) || HasClientMaxWindowBits) return false;

        // RFC 7692 section 7.1.2.2: only an offer may omit the value.
        HasClientMaxWindowBits = true;
        return isOffer && !parameter.HasValue || TryReadBits(parameter, out ClientMaxWindowBits);
    }

    private static bool TrySet(ref bool flag, ExtensionParameter parameter)
    {
        if (flag || parameter.HasValue) return false;
        return flag = true;
    }

    // RFC 7692 section 7.1.2: a decimal integer of 8 to 15 without leading zeros.
    private static bool TryReadBits(ExtensionParameter parameter, out int bits)
    {
        var value = parameter.Value;
        bits = value.Length switch
        {
            1 when value[0] is (byte)'8' or (byte)'9' => value[0] - '0',
            2 when value[0] == '1' && value[1] is >= (byte)'0' and <= (byte)'5' => 10 + value[1] - '0',
            _ => 0,
        };
        return bits != 0;
    }
}
