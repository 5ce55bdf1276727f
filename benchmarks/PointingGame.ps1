<#
.SYNOPSIS
    The pointing game of every saliency method, and of the picture's centre, on the 5,000 validation pictures of Tiny ImageNet 100: the
    tables of docs/saliency.md, a line for each method as soon as it is done.
.DESCRIPTION
    The class explained is the true one. Methods of many passes take each n-th picture in the order of the files' names, and fewer samples, as the table says.
    Call it as: pwsh benchmarks/PointingGame.ps1
                pwsh benchmarks/PointingGame.ps1 -Model resnet224 -Placement Centered -Thinner 50
.PARAMETER Data
    The folder with val.tar, boxes.tsv and classes.tsv.
.PARAMETER Model
    The network.
.PARAMETER Placement
    Where the places of a layer's map lie.
.PARAMETER Method
    The methods, with wildcards.
.PARAMETER Module
    The module to measure.
.PARAMETER Thinner
    Take only each so-manyth of the pictures that the table has, to be quick.
#>
param(
    [string] $Data = "$PSScriptRoot/../../shared/data/tiny-imagenet-100",
    [string] $Model = 'alexnet64',
    [string] $Placement = 'Stretched',
    [string[]] $Method = '*',
    [string] $Module = "$PSScriptRoot/../CnnVis.psd1",
    [int] $Thinner = 1
)

Import-Module $Module
$folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
try {
    $validation = & "$PSScriptRoot/ValidationPictures.ps1" -Data $Data -Folder $folder
    $files, $labels = $validation.Files, $validation.Labels

    # Each so-manyth picture, and settings.
    $plan = [ordered] @{
        Center = 1, @{}
        Gradient = 1, @{}
        GradientTimesInput = 1, @{}
        GradCam = 1, @{}
        GradCamPlusPlus = 1, @{}
        LayerCam = 1, @{}
        GuidedBackprop = 1, @{}
        GuidedGradCam = 1, @{}
        DeconvNet = 1, @{}
        ExcitationBackprop = 1, @{}
        LayerwiseRelevance = 1, @{}
        IntegratedGradients = 1, @{ Steps = 20 }
        SmoothGrad = 1, @{ Samples = 10 }
        SmoothGradSquared = 1, @{ Samples = 10 }
        VarGrad = 1, @{ Samples = 10 }
        ExpectedGradients = 1, @{ Samples = 10; Reference = $files.Where({ $script:at++ % 250 -eq 125 }) }
        ScoreCam = 5, @{}
        Rise = 5, @{ Samples = 200 }
    }
    '| Method | Pictures | Settings | Pointing game | 95 % interval | Energy in box | 95 % interval |'
    '|---|---:|---|---:|---|---:|---|'
    foreach ($name in $plan.Keys) {
        if (-not @($Method).Where({ $name -like $_ })) { continue }
        $every, $settings = $plan[$name]
        $every *= $Thinner
        $chosen = for ($i = 0; $i -lt $files.Count; $i += $every) { $files[$i] }
        $hits, $energy = Measure-SaliencyMap -LiteralPath $chosen -Model $Model -Placement $Placement -Method $name -Metric PointingGame, EnergyInBox -BoxPath "$Data/boxes.tsv" -LabelPath $labels -BatchSize $(if ($Model -eq 'alexnet64') { 64 } else { 8 }) -Summary @settings
        $said = foreach ($key in 'Steps', 'Samples') { if ($settings[$key]) { "$($settings[$key]) $($key.ToLowerInvariant())" } }
        [string]::Format([cultureinfo]::InvariantCulture, '| {0} | {1:N0} | {2} | {3:F1} % | {4:F1}–{5:F1} | {6:F3} | {7:F3}–{8:F3} |', $name, $hits.Count, $said,
            100 * $hits.Mean, 100 * $hits.Lower, 100 * $hits.Upper, $energy.Mean, $energy.Lower, $energy.Upper)
    }
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}
