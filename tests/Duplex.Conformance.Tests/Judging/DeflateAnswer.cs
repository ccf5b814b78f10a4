using System.Globalization;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>What a server agreed to, held against what was offered. RFC 7692 section 7.1.</summary>
public static class DeflateAnswer
{
    public static DeflateParameters Read(string answer, DeflateParameters offer)
    {
        var parts = answer.Split(';', StringSplitOptions.TrimEntries);
        Demand(parts[0] == "permessage-deflate", "an extension that was not offered (6455-4.2.2-f)");
        Demand(parts.Distinct().Count() == parts.Length, "a parameter twice (7692-7.1-b)");

        var agreed = new DeflateParameters();
        foreach (var part in parts.Skip(1))
        {
            agreed = part.Split('=') switch
            {
                ["server_no_context_takeover"] => agreed with { ServerNoContextTakeover = true },
                ["client_no_context_takeover"] => agreed with { ClientNoContextTakeover = true },
                ["server_max_window_bits", var bits] => agreed with { ServerMaxWindowBits = Bits(bits) },
                ["client_max_window_bits", var bits] => agreed with { ClientMaxWindowBits = Bits(bits) },
                _ => throw new ViolationException($"The answer has the parameter '{part}' (7692-7.1-a)."),
            };
        }

        Demand(!offer.ServerNoContextTakeover || agreed.ServerNoContextTakeover, "no server_no_context_takeover (7692-7.1.1-c)");
        Demand(offer.ServerMaxWindowBits is not { } most || agreed.ServerMaxWindowBits <= most, "a larger server window than was asked for (7692-7.1.2-c)");
        Demand(agreed.ClientMaxWindowBits is null || offer.ClientMaxWindowBits >= agreed.ClientMaxWindowBits, "a client window that was not offered (7692-7.1.2-d)");
        return agreed;

        void Demand(bool holds, string otherwise)
        {
            if (!holds) throw new ViolationException($"The server's answer '{answer}' has {otherwise}.");
        }
    }

    private static int Bits(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is >= 8 and <= 15 && text[0] != '0'
            ? bits
            : throw new ViolationException($"A window of '{text}' bits (7692-7.1.2-e).");
}
