using System.Security.Cryptography;

namespace Showcase.Hosting;

/// <summary>Generates ids that are hard to guess: whoever has one may use what it names.</summary>
internal static class SecretId
{
    private const int Bytes = 16;

    /// <summary>Returns 32 hexadecimal digits.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
