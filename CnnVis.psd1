@{
    RootModule           = 'bin/CnnVis.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '07484dd8-24c8-48ff-aeca-00d576d2ab66'
    Author               = 'The CnnVis authors'
    CompanyName          = 'The CnnVis authors'
    Copyright            = 'Copyright (c) 2026 The CnnVis authors'
    Description          = 'Shows what a convolutional network has learned: its layers, predictions, activation maps and filters, as typed objects and as pictures.'

    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    RequiredAssemblies   = @('bin/CnnVis.Contracts.dll')
    NestedModules        = @('bin/CnnVis.Session.psm1')
    FormatsToProcess     = @('bin/CnnVis.Format.ps1xml')

    CmdletsToExport      = @(
        'Clear-CnnCache'
        'Compare-CnnHumanLabel'
        'ConvertFrom-CnnCode'
        'ConvertTo-Tsne'
        'Export-CnnCode'
        'Export-CnnImage'
        'Export-CnnModel'
        'Export-CnnReport'
        'Export-TsneMap'
        'Find-CnnCorrespondence'
        'Find-MaxActivatingImage'
        'Get-CnnActivation'
        'Get-CnnCode'
        'Get-CnnFilter'
        'Get-CnnLayer'
        'Get-CnnModel'
        'Get-CnnOption'
        'Get-CnnPrediction'
        'Get-ImageAttribute'
        'Get-SaliencyMap'
        'Import-CnnCode'
        'Import-CnnModel'
        'Invoke-Occlusion'
        'Measure-CnnAccuracy'
        'Measure-CnnActivation'
        'Measure-CnnCorrespondence'
        'Measure-CnnHumanStudy'
        'Measure-CnnKeypoint'
        'Measure-CnnRobustness'
        'Measure-CnnSeparability'
        'Measure-SaliencyMap'
        'Merge-CnnResult'
        'Merge-MaxActivatingImage'
        'New-AdversarialExample'
        'New-CnnClassifier'
        'New-CnnClassImage'
        'New-CorruptedImage'
        'New-CnnLabelingTask'
        'New-CnnNeighborImage'
        'New-FoolingImage'
        'Save-CnnModel'
        'Set-CnnOption'
        'Show-CnnImage'
        'Test-CnnReport'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('CNN', 'ConvolutionalNetwork', 'Visualization', 'DeepLearning', 'MachineLearning', 'ONNX', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
