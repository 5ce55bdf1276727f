#requires -Version 7.6
<#
.SYNOPSIS
    Runs the benchmarks several times and writes the README's table of speed.
.DESCRIPTION
    Each round runs every benchmark once, in a process of its own; after the last the table between the marks "speed:begin" and "speed:end" of README.md is
    replaced: the middle of all rounds, their range, and the machine. What was not measured is not claimed. The lines of JSON go to -LogPath. Without -Long it takes about ten minutes on two quiet cores.
.PARAMETER Runs
    Rounds: at least three.
.PARAMETER Long
    Also what takes long: PGD, the pipeline of pictures, t-SNE of 70,000 points, memory.
.PARAMETER Minutes
    No new round is begun after so many minutes, but for the first three.
.PARAMETER LogPath
    Where the measurements are kept.
.PARAMETER NoBuild
    Runs what is built already.
.EXAMPLE
    pwsh benchmarks/Update-SpeedTable.ps1
#>
[CmdletBinding()]
param(
    [ValidateRange(3, 100)] [int] $Runs = 3,
    [switch] $Long,
    [double] $Minutes = 10,
    [string] $LogPath = (Join-Path ([IO.Path]::GetTempPath()) 'cnnvis-speed.jsonl'),
    [switch] $NoBuild
)
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$project = "$PSScriptRoot/CnnVis.Benchmarks"
$program = "$project/bin/Release/net10.0/CnnVis.Benchmarks.dll"
if (-not $NoBuild) {
    dotnet build $project -v q --nologo
    if ($LASTEXITCODE -ne 0) { throw 'The benchmarks do not build.' }
}

# A row: what it says, the benchmark that is run, which of its lines, which number of it, and how it is written.
$rows = @(
    , ('Our graph over the bare sequence of the same TorchSharp calls, batch 16: AlexNet', 'graph-overhead', { $_.network -eq 'AlexNet' }, 'ratio', '{0:0.00}', '< 1.03')
    , ('VGG-16', 'graph-overhead', { $_.network -eq 'VGG-16' }, 'ratio', '{0:0.00}', '< 1.03')
    , ('ResNet-50', 'graph-overhead', { $_.network -eq 'ResNet-50' }, 'ratio', '{0:0.00}', '< 1.03')
    , ('Gradient map over one forward and input-only backward of plain TorchSharp, batch 16: AlexNet', 'gradient-map', { $_.network -eq 'AlexNet' }, 'ratio', '{0:0.00}', '≤ 1.1')
    , ('VGG-16', 'gradient-map', { $_.network -eq 'VGG-16' }, 'ratio', '{0:0.00}', '≤ 1.1')
    , ('`Invoke-Occlusion` at 224², window 16, stride 8, plain passes'' time over ours: AlexNet', 'occlusion-alexnet', { $true }, 'speedup', '{0:0.0}', '≥ 4.5')
    , ('VGG-16', 'occlusion-vgg16', { $true }, 'speedup', '{0:0.0}', '≥ 16')
    , ('ResNet-18', 'occlusion-resnet18', { $true }, 'speedup', '{0:0.0}', '≥ 4')
    , ('`resnet224`', 'occlusion-resnet224', { $true }, 'speedup', '{0:0.0}', '≥ 4')
    , ('Loading a 244 MB PyTorch checkpoint over reading the file twice', 'weight-loading', { $_.format -eq 'PyTorch' }, 'ratio', '{0:0.0}', '≤ 1')
    , ('FGSM on AlexNet at 224², batch 16, with its verdicts: plain `autograd.grad`''s time over ours', 'fgsm-speed', { $_.plain -like 'grad*' }, 'ratio', '{0:0.0}', '≥ 1.3')
    , ('t-SNE of 10,000 points of 50 numbers', 'tsne-10000', { $true }, 'total_s', '{0:0.0} s', '')
    , ('`Import-Module`', 'start-up', { $true }, 'import_s', '{0:0.00} s', '< 0.5 s')
    , ('First prediction after it', 'start-up', { $true }, 'first_prediction_s', '{0:0.00} s', '< 1.5 s')
    if ($Long) {
        , ('PGD of 40 steps on AlexNet, fooled pictures leaving the batch', 'attack-speed', { $_.attack -eq 'Pgd' -and -not $_.all_steps -and $_.plain -like 'grad*' }, 'ratio', '{0:0.0}', '≥ 1.3')
        , ('PGD of 40 steps, all of them', 'attack-speed', { $_.attack -eq 'Pgd' -and $_.all_steps }, 'ratio', '{0:0.00}', '≥ 1.3')
        , ('`Get-CnnPrediction` over full-size photos with AlexNet, of decoding and forward alone, both cores for each: of their sum', 'prediction-pipeline', { $_.forward_threads -eq $_.cores }, 'of_sum', '{0:P0}', '≥ 95 %')
        , ('t-SNE of 70,000 points of 50 numbers', 'tsne-70000', { $true }, 'total_s', '{0:0.0} s', '')
        , ('Peak memory of `Get-CnnPrediction`, 10,000 photos over 100', 'memory', { $_.command -eq 'Get-CnnPrediction' }, 'ratio', '{0:0.00}', 'flat')
    }
)

$env:CNNVIS_BENCHMARK_ROUNDS = '2'
$clock = [Diagnostics.Stopwatch]::StartNew()
$lines = for ($run = 1; $run -le $Runs; $run++) {
    if ($run -gt 3 -and $clock.Elapsed.TotalMinutes -gt $Minutes) { break }
    foreach ($name in $rows | ForEach-Object { $_[1] } | Select-Object -Unique) {
        Write-Progress -Activity 'Measuring' -Status "round $run of ${Runs}: $name" -PercentComplete (100 * ($run - 1) / $Runs)
        $output = dotnet $program $name
        if ($LASTEXITCODE -ne 0) { throw "The benchmark $name failed." }
        foreach ($line in @($output) -match '^\{') { [pscustomobject]@{ run = $run; name = $name; result = $line | ConvertFrom-Json } }
    }
}
$lines | ForEach-Object { ConvertTo-Json $_ -Compress -Depth 5 } | Set-Content -LiteralPath $LogPath

$processor = if ($IsLinux) { (Get-Content /proc/cpuinfo -ErrorAction Ignore) -match '^model name' -replace '^.*:\s*' | Select-Object -First 1 }
$machine = "$([Environment]::ProcessorCount) cores of $($processor ? $processor : [Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture), $([Runtime.InteropServices.RuntimeInformation]::OSDescription)"
$table = @(
    "Measured on $machine, by ``benchmarks/Update-SpeedTable.ps1`` on $(Get-Date -Format yyyy-MM-dd): the middle of $(($lines.run | Measure-Object -Maximum).Maximum) runs, and their range."
    ''
    '| | measured | range | target |'
    '|---|---|---|---|'
    foreach ($row in $rows) {
        $what, $name, $which, $number, $format, $target = $row
        [double[]] $values = $lines | Where-Object name -EQ $name | ForEach-Object result | Where-Object $which | ForEach-Object $number | Sort-Object
        if ($values.Count -lt 3) { continue }
        $middle = $values.Count % 2 ? $values[($values.Count - 1) / 2] : ($values[$values.Count / 2 - 1] + $values[$values.Count / 2]) / 2
        "| $what | $($format -f $middle) | $($format -f $values[0]) to $($format -f $values[-1]) | $target |"
    }
)
$readme = "$root/README.md"
$text = [IO.File]::ReadAllText($readme)
$marked = [regex] '(?s)(<!-- speed:begin[^>]*-->\n).*?(<!-- speed:end -->)'
if (-not $marked.IsMatch($text)) { throw "$readme has lost its marks speed:begin and speed:end." }
[IO.File]::WriteAllText($readme, $marked.Replace($text, { param($match) $match.Groups[1].Value + ($table -join "`n") + "`n" + $match.Groups[2].Value }))
$table
