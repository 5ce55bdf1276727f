<#
.SYNOPSIS
    Robust accuracy of the bundled network by attack and size on 1,000 validation pictures of Tiny ImageNet 100, each fifth in the order of the files' names (AutoAttack: on 20, each 250th); and how small the
    perturbations of the attacks are that look for the smallest, on each fiftieth: the tables of docs/adversarial.md, a line as soon as it is done.
.DESCRIPTION
    Call it as: pwsh benchmarks/Robustness.ps1
.PARAMETER Data
    The folder with val.tar and classes.tsv.
.PARAMETER Method
    The attacks, with wildcards.
.PARAMETER Module
    The module to measure.
.PARAMETER Thinner
    Take only each so-manyth of the pictures that the tables have, to be quick.
#>
param(
    [string] $Data = "$PSScriptRoot/../../shared/data/tiny-imagenet-100",
    [string[]] $Method = '*',
    [string] $Module = "$PSScriptRoot/../CnnVis.psd1",
    [int] $Thinner = 1
)

Import-Module $Module
$invariant = [cultureinfo]::InvariantCulture
$folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
try {
    $validation = & "$PSScriptRoot/ValidationPictures.ps1" -Data $Data -Folder $folder
    $files, $labels = $validation.Files, $validation.Labels
    function Each([int] $Every) { for ($i = 0; $i -lt $files.Count; $i += $Every * $Thinner) { $files[$i] } }
    function Chosen([string] $Name) { [bool] @($Method).Where({ $Name -like $_ }) }

    $sizes = '0.5/255', '1/255', '2/255', '4/255', '8/255'
    "| Attack | Pictures | Clean | $($sizes -join ' | ') |"
    '|---|---:|---:|---:|---:|---:|---:|---:|'
    foreach ($attack in 'Fgsm', 'Pgd', 'ApgdCe', 'ApgdDlr', 'AutoAttack') {
        if (-not (Chosen $attack)) { continue }
        $pictures = Each ($attack -eq 'AutoAttack' ? 250 : 5) # its thousands of passes for each picture that stands
        $measures = Measure-CnnRobustness -LiteralPath $pictures -Method $attack -Epsilon $sizes -LabelPath $labels -BatchSize 50
        $cells = $measures.ForEach({ [string]::Format($invariant, '{0:F1} % ({1:F1}–{2:F1})', 100 * $_.Accuracy, 100 * $_.Lower, 100 * $_.Upper) })
        [string]::Format($invariant, '| {0} | {1:N0} | {2:F1} % | {3} |', $attack, $measures[0].Count, 100 * $measures[0].CleanAccuracy, ($cells -join ' | '))
        [string]::Format($invariant, '| {0}, success | | | {1} |', $attack, ($measures.ForEach({ [string]::Format($invariant, '{0:F1} %', 100 * $_.SuccessRate) }) -join ' | '))
    }

    # FGSM's distortion is that of the smallest of many sizes at which it succeeds.
    ''
    '| Attack | Settings | Attacked | Success | Mean distortion | Mean L2 | Mean queries |'
    '|---|---|---:|---:|---:|---:|---:|'
    $few = Each 50
    $plan = [ordered] @{
        Fgsm = 'smallest of 80 sizes', @{ Epsilon = (1..80).ForEach({ "$([Math]::Round(0.1 * [Math]::Pow(1.08, $_ - 1), 4).ToString($invariant))/255" }) }
        DeepFool = '', @{}
        Lbfgs = '', @{}
        CarliniWagner = '', @{}
        Fab = 'L2', @{ Norm = 'L2' }
    }
    foreach ($attack in $plan.Keys) {
        if (-not (Chosen $attack)) { continue }
        $said, $settings = $plan[$attack]
        $examples = New-AdversarialExample -LiteralPath $few -Method $attack -LabelPath $labels -BatchSize 50 @settings
        $attacked, $found, $distortion, $length, $queries = 0, 0, 0.0, 0.0, 0.0
        $last = $null
        foreach ($example in $examples) {
            if ($example.AlreadyMisclassified) { continue }
            if ($example.Path -ne $last) { $last = $example.Path; $attacked++; $done = $false; $queries += $example.Queries }
            if ($done -or -not $example.Success) { continue }
            $done = $true
            $found++
            $distortion += $example.Distortion
            $length += $example.L2
        }
        [string]::Format($invariant, '| {0} | {1} | {2} | {3:F1} % | {4:F5} | {5:F3} | {6:N0} |', $attack, $said, $attacked, 100 * $found / $attacked, $distortion / $found, $length / $found, $queries / $attacked)
    }
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}
