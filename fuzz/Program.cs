using System.Globalization;
using System.Runtime.CompilerServices;
using Duplex.Fuzz.Running;
using Duplex.Fuzz.Targets;

// dotnet run -c Release --project fuzz -- <target>|all [--inputs N] [--seed N]
var name = args.FirstOrDefault("");
var targets = FuzzTargets.All.Where(target => name == "all" || target.Name == name).ToList();
if (targets.Count == 0)
{
    Console.Error.WriteLine("dotnet run -c Release --project fuzz -- <target> [--inputs 1000000] [--seed 1]");
    Console.Error.WriteLine($"Targets: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}, or all.");
    return 2;
}

var (inputs, seed) = (1_000_000, 1);
for (var i = 1; i < args.Length; i += 2)
{
    if (args[i] is not ("--inputs" or "--seed") || i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
    {
        Console.Error.WriteLine($"{args[i]} is no option with a whole number: the options are --inputs N and --seed N.");
        return 2;
    }

    if (args[i] == "--inputs") inputs = number;
    else seed = number;
}

var root = Root();
var passed = true;
foreach (var target in targets) passed &= new Driver(target, root, seed).Run(inputs);
return passed ? 0 : 1;

static string Root([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
